// What an error code means and what to do about it. The server says it in English; here is the same for who reads Portuguese.
import { portuguese } from './words.js';

const inPortuguese = {
  provider_auth: ['O servidor do modelo recusou a chave.', 'Confira HUGGINGFACE_API_KEY do worker (ou a chave do seu provedor), troque-a se venceu, reinicie o worker e repita as tarefas.'],
  provider_permission: ['A chave é válida, mas não pode usar este modelo.', 'Peça acesso ao modelo na conta do provedor, ou escolha outro em MODEL_NAME.'],
  provider_credits_exhausted: ['A conta no provedor está sem crédito ou sem cota.', 'Ponha crédito na conta ou aumente a cota e depois repita as tarefas.'],
  provider_rate_limited: ['O provedor recusou por excesso de chamadas até o fim do prazo da tarefa.', 'Diminua RECADO_WORKER_CONCURRENCY, aumente a cota no provedor ou dê prazos maiores; depois repita.'],
  provider_overloaded: ['O servidor do modelo não conseguiu atender.', 'Veja se ele está no ar e tem capacidade; depois repita as tarefas.'],
  provider_timeout: ['O modelo não respondeu a tempo ou parou no meio.', 'Veja a carga do servidor do modelo; peça respostas menores (max_tokens) ou dê prazos maiores. Um modelo que pensa muito precisa de um RECADO_MODEL_SILENCE maior.'],
  provider_bad_request: ['O servidor do modelo recusou o pedido de vez.', 'Leia a mensagem dele abaixo: o pedido precisa mudar. Repetir igual não ajuda.'],
  context_length_exceeded: ['O texto é maior do que o modelo consegue ler.', 'Encurte o texto ou use um modelo com contexto maior.'],
  provider_bad_response: ['O que voltou não é uma resposta válida.', 'Confira MODEL_URL: deve ser um endereço compatível com a OpenAI, sem um proxy que mude as respostas.'],
  empty_completion: ['O modelo terminou sem dizer nada.', 'Repita; se continuar, mude o texto, o modelo ou max_tokens.'],
  content_filtered: ['O filtro do provedor reteve a resposta.', 'O texto ou o pedido precisa mudar; repetir igual não ajuda.'],
  model_not_found: ['O servidor do modelo não conhece este modelo.', 'Confira o nome em MODEL_NAME ou no pedido e se o modelo está carregado nesse servidor.'],
  worker_lost: ['Os workers morreram várias vezes enquanto estavam com esta tarefa.', 'Veja o log do worker e a memória da máquina; a própria tarefa pode ser a causa.'],
  deadline_exceeded: ['O prazo passou antes de haver um resultado.', 'Veja se a fila está atrasada ou em pausa: mais workers, ou um prazo maior, e repita.'],
};

/** {what, act} for a job that failed; null if nobody has words for it. */
export function explanation({ error, explanation: told }) {
  const own = portuguese && inPortuguese[error?.code];
  if (own) return { what: own[0], act: own[1] };
  return told ? { what: told.what, act: told.do } : null;
}
